"""How sure: the calculation as a function of its inputs, and what the uncertainty of each does to the answer.

``model.Model`` works everything out again with some inputs changed; ``tornado`` moves one input at a time, ``two_way``
two; ``probability`` says where a share of draws may be called one; ``information`` what more knowledge could be worth,
and ``global_indices`` how much of the spread each input accounts for.
"""
