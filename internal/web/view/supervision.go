package view

// SupervisionRoot is the register of supervisions in the office.
const SupervisionRoot = "/quan-ly/giam-sat"
