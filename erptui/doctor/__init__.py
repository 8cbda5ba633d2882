"""What `erptui doctor` finds out about the machine, the store and the terminal, in words that say what to do.

Each finding is made by a function of plain facts: what is said about a client's server is tested on any machine.
"""
