package frame

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/lists"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// listTail is what the address of a list's files has after that of its page: a page whose
// route has such a sister offers them, with the filter in force.
const listTail = "/xuat/:form"

// ListPage is the path of the page whose list a route sends as a file; "" for another route.
func ListPage(route string) string {
	page, ok := strings.CutSuffix(route, listTail)
	if !ok {
		return ""
	}
	return page
}

// noteLists remembers which pages are lists that go out as files.
func (s *Server) noteLists(table []Route) {
	s.lists = map[string]bool{}
	for _, r := range table {
		if page := ListPage(r.Path); page != "" {
			s.lists[page] = true
		}
	}
}

// ListFiles are the files of the list that a page shows; nil where it is none.
func (s *Server) ListFiles(c *fiber.Ctx) *view.ListFiles {
	if !s.lists[c.Route().Path] || c.Method() != fiber.MethodGet {
		return nil
	}
	at, query := c.Path()+"/xuat/", string(c.Request().URI().QueryString())
	if query != "" {
		query = "?" + query
	}
	return &view.ListFiles{XLSX: at + "xlsx" + query, CSV: at + "csv" + query}
}

// ListFile is a list as a file, ListAsk how it is asked for.
type (
	ListFile = lists.File
	ListAsk  = lists.Ask
)

// SendList sends a list as a file that write makes in the form of the address.
// Its name tells the list, what narrows it, and the day. A filter that cannot be read is
// refused: a file cannot say that it passed one over.
func (s *Server) SendList(c *fiber.Ctx, write func(ask ListAsk) (ListFile, error)) error {
	ask := ListAsk{Form: c.Params("form"), Lang: Lang(c), Filter: ListFilter(c)}
	f, err := s.App.Lists.HandOut(c.UserContext(), Actor(c), ask, func() (ListFile, error) {
		f, err := write(ask)
		if unread := unreadOf(c).Values; err == nil && len(unread) > 0 {
			err = registry.E(registry.Malformed, "list.error.unread", "“"+strings.Join(unread, "”, “")+"”")
		}
		return f, err
	})
	if err != nil {
		return err
	}
	ending := path.Ext(f.Name)
	name := strings.TrimSuffix(f.Name, ending)
	if ask.Filter != "" {
		name += "_" + vn.Slug(ask.Filter)
	}
	f.Name = name + "_" + s.App.Today() + ending
	return SendFile(c, f.File)
}

// filterWords are the texts of the codes that a filter takes, by its name in addresses.
var filterWords = map[string][]string{
	"state": {"application.queue.tab."}, "tinh-trang": {"vendor.state."}, "trang-thai": {"pass.state.", "tip.state."}, "nhom": {"product.group."},
	"loai": {"vendor.kind.", "event.kind.", "pass.kind.", "place.kind.", "support.kind.", "audit.object."}, "mang": {"plan.strand."},
}

// filterWord is a value of a filter as people read it.
func filterWord(lang, name, value string) string {
	for _, texts := range filterWords[name] {
		if i18n.Has(texts + value) {
			return i18n.T(lang, texts+value)
		}
	}
	return value
}

// cursors are the parts of an address that say where a page of a list begins; on the page of
// the log "tu" is a day.
var cursors = []string{"after", "sau", "truoc", "trang"}

// ListFilter is what narrows a list, in words: the values of its address in the order of their
// names, without ids, which tell nobody anything, and without where a page begins.
func ListFilter(c *fiber.Ctx) string {
	asked, err := url.ParseQuery(string(c.Request().URI().QueryString()))
	if err != nil {
		return ""
	}
	var names, said []string
	for name := range asked {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		value := asked.Get(name)
		if value != "" && len(value) <= maxUnread && !slices.Contains(cursors, name) && !isID(value) {
			said = append(said, filterWord(Lang(c), name, value))
		}
	}
	return strings.Join(said, " ")
}

// isID reports whether a value is the id of a thing.
func isID(value string) bool {
	return len(value) >= 32 && strings.Trim(value, "0123456789abcdef-") == ""
}
