package view

// ImportsRoot is where files of rows are taken into the registers.
const ImportsRoot = "/quan-ly/nhap"
