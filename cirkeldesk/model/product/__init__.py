"""Products: what they are made of, what was declared of them, and how a declaration is weighed."""
