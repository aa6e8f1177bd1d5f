"""The groups of commands of `carecue`; each loads what it needs when it is run, since all of it takes a while."""
