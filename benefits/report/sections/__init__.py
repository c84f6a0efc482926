"""The sections reports are put together from, one module per subject."""
