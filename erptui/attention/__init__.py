"""What needs attention: the rules of the template, looked at over all engagements, ranked, folded, put off.

One story: `scene` reads what the rules look at, `sights` say what they see of it, `rules` compare that with the
thresholds in force, `matters` ranks what is left and makes one line of each matter.
"""
