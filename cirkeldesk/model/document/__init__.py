"""Values as documents: plain data, hashes, soundness, and what differs between two versions."""
