package communications

import (
	"strings"

	"hoicho/internal/committee"
	"hoicho/internal/fact"
)

// channelFact names the channel: one built in by its code, one of one's own by its name.
func channelFact(id committee.ChannelID, channels []committee.Channel) fact.Fact {
	c, ok := committee.ChannelByID(channels, id)
	if !ok || c.BuiltIn() {
		return fact.Code("communication.channel", fact.Channel, id)
	}
	return fact.Said("communication.channel", c.Name)
}

// people says how many were counted, nothing where nobody counts.
func people(c committee.Communication) fact.Fact {
	if !c.Counted {
		return fact.Fact{Field: "communication.people", Kind: fact.Quantity}
	}
	return fact.Count("communication.people", c.People)
}

// summary is what the log says of an entry that is new.
func summary(c committee.Communication, channels []committee.Channel) fact.Facts {
	return fact.Facts{fact.Said("communication.number", c.Number()), channelFact(c.Channel, channels), fact.Count("communication.times", c.Times),
		people(c), fact.Place("communication.area", c.Area), fact.Date("communication.day", c.From)}
}

// whole is everything that the form of an entry holds, in its order.
func whole(c committee.Communication, channels []committee.Channel) fact.Facts {
	return fact.Facts{channelFact(c.Channel, channels), fact.Count("communication.times", c.Times), people(c),
		fact.Place("communication.area", c.Area), fact.Said("communication.place", c.Place), fact.Said("communication.village", c.Village),
		fact.Date("communication.day", c.From), fact.Date("communication.down_on", c.Until),
		fact.Count("communication.quantity", c.Quantity), fact.Count("communication.minutes", c.Minutes), fact.Amount("communication.cost", c.Cost),
		fact.Said("communication.topic", c.Topic), fact.Said("communication.quality", c.Quality), fact.Said("communication.link", c.Link),
		fact.List("communication.audience", fact.Audience, c.Audiences...), fact.Ref("communication.event", "event", c.Event),
		fact.List("communication.task", fact.Kind("id:task"), c.Tasks...), fact.Ref("communication.body", "body", c.Body),
		fact.Said("communication.movements", strings.Join(c.Movements, "; "))}
}

// changes are the differences between an entry before and after. The channel is told by
// its new name alone where one of the two is no channel of the program.
func changes(was, now committee.Communication, channels []committee.Channel) fact.Facts {
	before, after := whole(was, channels), whole(now, channels)
	if before[0].Kind != after[0].Kind {
		before[0] = fact.Fact{Field: after[0].Field, Kind: after[0].Kind}
	}
	return fact.Differences(before, after)
}
