package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"

	"hoicho/internal/app/articles"
	"hoicho/internal/registry"
)

// writtenArticle is an article of the special page as the file articles.json has it.
type writtenArticle struct {
	DaysAgo int    `json:"days_ago"`
	Column  string `json:"column"`
	Title   string `json:"title"`
	Lead    string `json:"lead"`
	Author  string `json:"author"`
	Text    string `json:"text"`
	Vendor  string `json:"vendor"`  // whose goods it speaks of
	Session string `json:"session"` // key of the event that it is about
	Picture *struct {
		Outline string                `json:"outline"` // of goods, or "landscape"
		Group   registry.ProductGroup `json:"group"`
		Alt     string                `json:"alt"`
		Caption string                `json:"caption"`
	} `json:"picture"`
}

// articles has the communicator write the special page in the weeks before today.
func (f *filler) articles() error {
	raw, err := fs.ReadFile(f.options.Files, "articles.json")
	if err != nil {
		return err
	}
	var all []writtenArticle
	if err := json.Unmarshal(raw, &all); err != nil {
		return fmt.Errorf("read articles.json: %w", err)
	}
	for _, w := range all {
		f.line.add(f.day(-w.DaysAgo), "6:30", "article "+w.Title, func(ctx context.Context) error { return f.write(ctx, w) })
	}
	return nil
}

// write publishes an article.
func (f *filler) write(ctx context.Context, w writtenArticle) error {
	writer := f.officers[registry.Communicator]
	in, err := f.articleInput(w)
	if err != nil {
		return err
	}
	a, err := f.app.Articles.Create(ctx, writer, in)
	if err != nil {
		return err
	}
	f.clock.tick()
	return f.app.Articles.Step(ctx, writer, a.ID, articles.StepInput{To: "published", Version: a.Version})
}

// articleInput is an article as its writer types it.
func (f *filler) articleInput(w writtenArticle) (in articles.Input, err error) {
	in = articles.Input{Title: w.Title, Lead: w.Lead, Text: w.Text, Column: w.Column, Lang: "vi", Author: w.Author, AreaRef: "2025:19"}
	if w.Vendor != "" {
		in.Goods = "/doanh-nghiep/" + f.stalls[w.Vendor].vendor.Slug
	}
	for _, s := range f.sessions {
		if w.Session != "" && s.Key == w.Session {
			in.Event = string(s.event.ID)
		}
	}
	if p := w.Picture; p != nil {
		in.Alt, in.Caption = p.Alt, p.Caption
		if p.Outline == "landscape" {
			in.Picture, err = f.pictures.cover(p.Group)
		} else {
			in.Picture, err = f.pictures.product(p.Outline, p.Group)
		}
	}
	return in, err
}
