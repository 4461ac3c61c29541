// Package communications is the door of the register of what spreads the campaign: the
// register with its figures, the form of an entry for desks and phones, an entry with
// its photos, channels and their goals.
//
// Plans, tasks and bodies have a door of their own, office/campaign.
package communications

import (
	"embed"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// Door answers the requests of this door.
type Door struct{ *frame.Server }

// New makes the door of a server.
func New(s *frame.Server) *Door { return &Door{s} }

// Pages are the pages of this door.
//
//go:embed html
var Pages embed.FS

// Where the pages stand.
const (
	root        = view.WordsRoot
	enterRoot   = root + "/ghi"
	sendRoot    = root + "/gui"
	severalRoot = root + "/ghi-nhieu"
	channelRoot = root + "/kenh"
	goalRoot    = root + "/chi-tieu/"
)

func entryHref(id registry.CommunicationID) string { return root + "/" + string(id) }

func entryParam(c interface {
	Params(string, ...string) string
}) registry.CommunicationID {
	return registry.CommunicationID(c.Params("entry"))
}

// channelName is the name of a channel in the language of the page.
func channelName(b view.Base, c committee.Channel) string {
	if c.BuiltIn() {
		return b.T("channel.name." + string(c.ID))
	}
	return c.Name
}
