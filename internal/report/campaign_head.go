package report

import (
	"hoicho/internal/period"
	"hoicho/internal/registry"
)

// FirstCampaignHead is what stands around the paper of a committee until somebody has written it:
// number and day are left open.
func FirstCampaignHead(province registry.Area) registry.ResultPaper {
	t := texts("vi")
	return registry.ResultPaper{Authority: province.FullName(), Issuer: t.T("paper.issuer"), Number: t.T("paper.number"), Place: province.Name,
		Recipients: t.T("paper.recipients"), SignerTitle: t.T("paper.signer")}
}

// FirstAddressee is to whom a committee reports.
func FirstAddressee() string { return texts("vi").T("paper.central") }

// OwnLevel names what lies in no commune.
func OwnLevel() string { return texts("vi").T("period.own") }

// CampaignAnnex lists the units of a form with all their figures.
func CampaignAnnex(form period.FormCode, figures []period.Figure, rows []PeriodRow) Table {
	labels := make([]string, len(figures))
	for i, f := range figures {
		labels[i] = f.VI
	}
	for i := range rows {
		rows[i].SubmittedBy = "" // an official paper names no clerk
	}
	t := PeriodTable("vi", labels, rows)
	t.Name = texts("vi").T("paper.sheet." + string(form))
	return t
}
