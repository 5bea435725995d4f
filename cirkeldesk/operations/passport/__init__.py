"""Materials passports: the form out and in, the register, what happened since, and what goes out."""
