"""Checks that several methods make on what their answer rests on."""
