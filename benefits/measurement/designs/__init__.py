"""The methods, one design a file, each answering with an Estimate or a reasoned Refusal."""
