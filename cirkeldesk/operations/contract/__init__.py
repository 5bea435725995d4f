"""What a user does with a contract: award, record what is delivered, accept it, see what it proves."""
