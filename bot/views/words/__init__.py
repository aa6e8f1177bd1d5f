"""Every text that a person reads, a module a noun. Behind gettext, so that catalogues can follow; nowhere else."""
