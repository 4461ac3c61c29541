// Package stimulus holds what makes a fair or market session one that stimulates
// demand (phiên chợ kích cầu): the measures of whoever organises it, the offers of its
// vendors, and the rules that hold for one of them by itself.
//
// The dated rules about price cuts are in registry (PromotionRules); what needs the
// database is in app/stimulus.
package stimulus
