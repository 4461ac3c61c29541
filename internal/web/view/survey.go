package view

import "hoicho/internal/registry"

// SurveysRoot is the list of surveys in the office.
const SurveysRoot = "/quan-ly/khao-sat"

// SurveyHref is the page of a survey in the office.
func SurveyHref(id registry.SurveyID) string { return SurveysRoot + "/" + string(id) }

// SurveyRow is a survey as lists and blocks show it: partial "survey-row".
type SurveyRow struct {
	Href      string // of its page; "" where the reader has none
	Share     string
	Title     string
	Question  string
	How       string // method and sample
	Where     string // who they stand for, and the unit
	When      string
	By        string
	Source    string
	Link      string
	Published string
	Compared  string // with an earlier year, or why it is not
}
