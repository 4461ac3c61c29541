package testkit

import (
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Article stores an article of Thái Nguyên that everybody reads.
func (k *Kit) Article(changes ...func(*committee.Article)) committee.Article {
	k.T.Helper()
	a := committee.Article{Column: "guong-dien-hinh", Lang: committee.Vietnamese, Title: "Sợi miến Côn Minh đi từ bờ ruộng",
		Lead: "Ba lần làm lại nhãn, hai năm giữ sổ nguyên liệu.", Text: "Miến dong là nghề cũ.\n\n## Nhãn đổi địa chỉ\n\nNhãn cũ dùng tiếp.",
		Author: "Triệu Thị Lan", Area: registry.AreaRef{Edition: registry.Edition2025, Code: "19"}, State: committee.ArticlePublished,
		PublishAt: k.Clock.Now().UnixMilli()}
	for _, change := range changes {
		change(&a)
	}
	k.Write(func(tx *store.Tx) error {
		if err := tx.InsertArticle(k.T.Context(), &a, k.App.Areas.Scope(a.Area)); err != nil {
			return err
		}
		return tx.InsertArticleVersion(k.T.Context(), a, registry.Actor{Account: "officer", Name: "Triệu Thị Lan"})
	})
	return a
}
