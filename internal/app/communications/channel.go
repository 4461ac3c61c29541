package communications

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// ChannelInput is what the form of a new channel holds.
type ChannelInput struct {
	Name   string `form:"name"`
	Unit   string `form:"unit"`
	Counts bool   `form:"counts"`
	Hangs  bool   `form:"hangs"`
}

// Channels returns all channels. NotFound for whoever keeps no register.
func (a *Service) Channels(ctx context.Context, actor registry.Actor) (all []committee.Channel, err error) {
	if codes, everywhere := keepsReach(actor); len(codes) == 0 && !everywhere {
		return nil, core.ErrHidden()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = tx.Channels(ctx)
		return err
	})
	return all, err
}

// AddChannel adds a channel that is offered to everybody. The actor has to keep the
// register somewhere, else it is NotFound. Invalid at a field; Conflict for a name that
// there is.
func (a *Service) AddChannel(ctx context.Context, actor registry.Actor, in ChannelInput) error {
	if _, err := a.Channels(ctx, actor); err != nil {
		return err
	}
	r := core.Input{}
	c := committee.Channel{Name: r.Needed("name", in.Name, committee.MaxChannelName), Unit: r.Needed("unit", in.Unit, committee.MaxChannelUnit),
		Counts: in.Counts, Hangs: in.Hangs}
	if err := r.Faults.Err(); err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		all, err := tx.Channels(ctx)
		if err != nil {
			return none, err
		}
		if len(all)-len(committee.Channels) >= committee.MaxOwnChannels {
			return none, registry.E(registry.Conflict, "channel.error.many", committee.MaxOwnChannels)
		}
		err = tx.InsertChannel(ctx, &c, actor.Account)
		return registry.Change{Action: "channel.add", Object: "channel", ID: string(c.ID),
			Detail: fact.Facts{fact.Said("channel.name", c.Name), fact.Said("channel.unit", c.Unit), fact.Yes("channel.counts", c.Counts),
				fact.Yes("channel.hangs", c.Hangs)}}, err
	})
}

// RetireChannel ends that a channel of one's own is offered, or takes it up again: what
// was entered with it stays. The actor has to keep the register somewhere, else it is
// NotFound, as is a channel built in.
func (a *Service) RetireChannel(ctx context.Context, actor registry.Actor, id committee.ChannelID, retired bool) error {
	all, err := a.Channels(ctx, actor)
	if err != nil {
		return err
	}
	c, ok := committee.ChannelByID(all, id)
	if !ok || c.BuiltIn() {
		return core.ErrHidden()
	}
	action := "channel.restore"
	if retired {
		action = "channel.retire"
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		return registry.Change{Action: action, Object: "channel", ID: string(id), Detail: fact.Facts{fact.Said("channel.name", c.Name)}},
			tx.RetireChannel(ctx, id, retired)
	})
}
