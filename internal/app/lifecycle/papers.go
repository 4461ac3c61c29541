package lifecycle

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
)

// nowLacking compares what an application lacks on its new days with what it lacked
// on the old ones: only what came with the move is news.
func nowLacking(before, after []registry.Finding) []registry.Finding {
	return slices.DeleteFunc(slices.Clone(after), func(f registry.Finding) bool {
		return slices.ContainsFunc(before, func(b registry.Finding) bool {
			return b.Kind == f.Kind && b.Paper == f.Paper && b.Product == f.Product && b.On == f.On
		})
	})
}

// moveNews is what an applicant is told of a moved event. One that was promised a
// place and whose papers no longer last is told that too, and whose offers have no day
// left. Args beside those of all news of events: address of the application, goods of
// these offers or nothing, address of the vendor's offers.
func (a *Service) moveNews(ctx context.Context, tx *store.Tx, moved registry.Application, e registry.Event, before []registry.Finding) (core.News, error) {
	n := a.Events.EventNews("event.notice.moved", e)
	goods, err := offersLeftBehind(ctx, tx, moved)
	if err != nil {
		return n, err
	}
	n.Args = append(n.Args, a.Booths.ApplicationURL(moved), strings.Join(goods, "; "), a.BaseURL+"/gian-hang/"+string(moved.Vendor)+"/uu-dai")
	if !booths.IsPromised(moved) {
		return n, nil
	}
	after, err := booths.FindLacking(ctx, tx, moved, e)
	if err == nil && len(nowLacking(before, after)) > 0 {
		n.Key = "event.notice.moved_papers"
	}
	return n, err
}

// offersLeftBehind names the goods of an applicant's offers that have none of its days.
func offersLeftBehind(ctx context.Context, tx *store.Tx, moved registry.Application) (goods []string, err error) {
	offers, err := tx.Offers(ctx, stimulus.Filter{Event: moved.Event, Vendor: moved.Vendor})
	for _, o := range offers {
		if o.State.Alive() && len(o.Within(o.Days)) == 0 {
			goods = append(goods, o.Goods.Name)
		}
	}
	return goods, err
}

// papersAdvice names the vendors that were promised a place and that lack a paper on
// their last day: as they were approved for a reason, or since the event moved.
func papersAdvice(ctx context.Context, tx *store.Tx, e registry.Event) ([]events.Advice, error) {
	switch e.State {
	case registry.Ended, registry.Reported, registry.Cancelled:
		return nil, nil
	}
	names, err := booths.LackingVendors(ctx, tx, e.ID)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	const most = 12
	listed := strings.Join(names[:min(len(names), most)], "; ")
	if len(names) > most {
		listed += fmt.Sprintf("; … (+%d)", len(names)-most)
	}
	return []events.Advice{{Key: "event.advice.papers", Args: []any{len(names), listed}, Bad: true}}, nil
}
