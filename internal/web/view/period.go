package view

// PeriodsRoot is the reports of periods in the office.
const PeriodsRoot = "/quan-ly/bao-cao"
