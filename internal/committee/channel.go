package committee

import "slices"

// ChannelID names a way in which the campaign is spread: one of those built in, or the
// id of one that a communicator added.
type ChannelID string

// The channels built in (S15-S23 of the campaign's plans).
const (
	SpecialPage    ChannelID = "special_page"    // chuyên trang
	Column         ChannelID = "column"          // chuyên mục
	Press          ChannelID = "press"           // báo
	Broadcast      ChannelID = "broadcast"       // phát thanh, truyền hình
	CommuneRadio   ChannelID = "commune_radio"   // đài (loa) truyền thanh xã
	Billboard      ChannelID = "billboard"       // pa nô
	Poster         ChannelID = "poster"          // áp phích
	Banner         ChannelID = "banner"          // băng rôn
	Slogan         ChannelID = "slogan"          // khẩu hiệu
	Class          ChannelID = "class"           // lớp bồi dưỡng, tập huấn
	VillageMeeting ChannelID = "village_meeting" // họp thôn, bản
	SocialMedia    ChannelID = "social_media"    // mạng xã hội
)

// Channel is a way in which the campaign is spread.
type Channel struct {
	ID      ChannelID
	Name    string // as typed; "" of one built in, whose name is a text of the catalogue
	Unit    string // word for what its times count, such as "buổi"; "" of one built in
	Counts  bool   // people are counted; else they are never asked for nor added up
	Hangs   bool   // stays up from a day until it is taken down
	Gathers bool   // people sit together: more than MaxGathering of them are asked about
	Retired bool   // not offered for new entries
}

// Channels lists the channels built in, in the order shown to people: those that a
// commune needs most first.
var Channels = []Channel{
	{ID: VillageMeeting, Counts: true, Gathers: true},
	{ID: CommuneRadio},
	{ID: Banner, Hangs: true},
	{ID: Slogan, Hangs: true},
	{ID: Billboard, Hangs: true},
	{ID: Poster, Hangs: true},
	{ID: Class, Counts: true, Gathers: true},
	{ID: Press},
	{ID: Broadcast},
	{ID: SpecialPage},
	{ID: Column},
	{ID: SocialMedia},
}

// BuiltIn reports whether the channel came with the program.
func (c Channel) BuiltIn() bool { return c.Name == "" }

// ChannelByID finds a channel among several.
func ChannelByID(all []Channel, id ChannelID) (Channel, bool) {
	i := slices.IndexFunc(all, func(c Channel) bool { return c.ID == id })
	if i < 0 {
		return Channel{}, false
	}
	return all[i], true
}

// Limits of a channel, in characters, and how many may be added.
const (
	MaxChannelName = 60
	MaxChannelUnit = 20
	MaxOwnChannels = 40
)

// ChannelGoal is how many times a plan wants something done through a channel.
type ChannelGoal struct {
	Channel ChannelID
	Goal    int64
}
