"""Forward only: whoever wants to go back restores a backup."""
