package articles

import (
	"context"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// StepInput takes an article to its next state.
type StepInput struct {
	To      string `form:"to"`
	On      string `form:"publish_on"`          // of a publication: its day; today without one
	At      string `form:"publish_at"`          // its hour; now without one, 00:00 on another day
	Proof   string `form:"proof"`               // the paper that allows the words of praise
	Reason  string `form:"reason" lines:"many"` // of a withdrawal
	Version int64  `form:"version"`
}

// Step publishes an article now or at an instant, takes it back to a draft before that,
// withdraws it for a reason, or publishes it again. The actor needs WriteArticles in its
// area. Invalid at a field: an instant that is past, words of praise without proof, a
// withdrawal without reason. Conflict for a step that does not follow.
func (s *Service) Step(ctx context.Context, actor registry.Actor, id registry.ArticleID, in StepInput) error {
	return s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		a, err := s.articleFor(ctx, tx, actor, registry.WriteArticles, id)
		if err != nil {
			return registry.Change{}, err
		}
		was, to := a.StateAt(tx.NowMS()), committee.ArticleState(in.To)
		if in.Version != a.Version || !was.CanBecome(to) {
			return registry.Change{}, registry.E(registry.Conflict, "article.error.moved")
		}
		facts := fact.Facts{}
		switch to {
		case committee.ArticlePublished:
			facts, err = s.publish(tx, &a, was, in)
		case committee.ArticleWithdrawn:
			facts, err = withdraw(tx, &a, in)
		default:
			a.State, a.PublishAt = committee.ArticleDraft, 0
		}
		if err != nil {
			return registry.Change{}, err
		}
		facts = append(fact.Facts{fact.Moved("state", fact.ArticleState, was, a.StateAt(tx.NowMS()))}, facts...)
		return s.change("article.step", a, facts...), tx.SaveArticle(ctx, &a, s.Areas.Scope(a.Area))
	})
}

// publish makes an article public at the instant asked for. One that is published again
// keeps its day.
func (s *Service) publish(tx *store.Tx, a *committee.Article, was committee.ArticleState, in StepInput) (fact.Facts, error) {
	r := core.Input{Today: s.Today()}
	at := instantOf(&r, tx.Now(), in)
	proof := r.Line("proof", in.Proof, committee.MaxReason)
	r.Faults.Check(len(s.findings(*a)) == 0 || proof != "", "proof", "article.error.proof")
	r.Faults.Check(a.Lead != "", "lead", "article.error.lead")
	if err := r.Faults.Err(); err != nil {
		return nil, err
	}
	a.State, a.Reason, a.WithdrawnAt = committee.ArticlePublished, "", 0
	if was != committee.ArticleWithdrawn {
		a.PublishAt = at
	}
	return fact.Facts{fact.Instant("at", a.PublishAt), fact.Said("article.proof", proof)}, nil
}

// withdraw takes an article from the public, which reads the reason at its address.
func withdraw(tx *store.Tx, a *committee.Article, in StepInput) (fact.Facts, error) {
	r := core.Input{}
	reason := r.Text("reason", in.Reason, committee.MaxReason)
	r.Faults.Check(reason != "", "reason", "error.required")
	if err := r.Faults.Err(); err != nil {
		return nil, err
	}
	a.State, a.Reason, a.WithdrawnAt = committee.ArticleWithdrawn, reason, tx.NowMS()
	return fact.Facts{fact.Said("reason", reason)}, nil
}

// instantOf reads when an article is to be published, in unix ms: now where nothing is
// said. What is past is a fault at the day.
func instantOf(r *core.Input, now time.Time, in StepInput) int64 {
	if in.On == "" && in.At == "" {
		return now.UnixMilli()
	}
	day := r.Date("publish_on", in.On)
	if in.On == "" {
		day = r.Today
	}
	minutes := r.Clock("publish_at", in.At, 0)
	at, ok := vn.InstantOf(day, minutes)
	if r.Faults.Check(!ok || !at.Before(now), "publish_on", "article.error.past"); !ok {
		return 0
	}
	return at.UnixMilli()
}
