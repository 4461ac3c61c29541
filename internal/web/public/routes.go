package public

import "hoicho/internal/web/frame"

// Routes are the pages for everybody.
func (s *Door) Routes() []frame.Route {
	return []frame.Route{
		// events
		frame.Get("/", frame.Cached, s.showHome),
		frame.Get("/su-kien", frame.Cached, s.showEvents),
		frame.Get("/su-kien/:slug.ics", frame.Cached, s.eventICS),
		frame.Get("/su-kien/:slug/cac-phien.ics", frame.Cached, s.seriesICS),
		frame.Get("/su-kien/:slug", frame.Cached, s.showEvent),
		frame.Get("/su-kien/:slug/anh.png", frame.Cached, s.eventPicture),
		frame.Get("/su-kien/:slug/uu-dai", frame.Cached, s.showEventOffers),
		frame.Get("/su-kien/:slug/so-do", frame.Cached, s.showPlan),
		frame.Get("/su-kien/:slug/boc-tham", frame.Cached, s.showDraw),
		frame.Get("/lich.ics", frame.Cached, s.allICS),
		frame.Get("/lich/:area.ics", frame.Cached, s.areaICS),
		frame.Get("/lich/:area.atom", frame.Cached, s.eventsAtom),
		frame.Get("/su-kien.atom", frame.Cached, s.eventsAtom),
		frame.Get("/ban-do", frame.Cached, s.showMap),
		// open figures, for people and for programs
		frame.Get("/so-lieu", frame.Cached, s.showOpen),
		frame.Get("/so-lieu.json", frame.Cached, s.openJSON),
		frame.Get("/so-lieu.csv", frame.Cached, s.openCSV(openByEvent)),
		frame.Get("/so-lieu/theo-xa.csv", frame.Cached, s.openCSV(openByCommune)),
		frame.Get("/so-lieu/theo-nam.csv", frame.Cached, s.openCSV(openByYear)),
		frame.Get("/so-lieu/danh-muc.jsonld", frame.Cached, s.openCatalogue),
		// the special page of the campaign
		frame.Get("/chuyen-trang", frame.Cached, s.showArticles),
		frame.Get("/chuyen-trang.atom", frame.Cached, s.articlesAtom),
		frame.Get("/chuyen-trang/muc/:column", frame.Cached, s.showColumn),
		frame.Get("/chuyen-trang/:slug", frame.Cached, s.showArticle),
		// places of sale
		frame.Get("/diem-ban", frame.Cached, s.showPlaces),
		frame.Get("/diem-ban/:slug", frame.Cached, s.showPlace),
		// vendors and products
		frame.Get("/doanh-nghiep", frame.Cached, s.showVendors),
		frame.Get("/doanh-nghiep/:slug", frame.Cached, s.showVendor),
		frame.Get("/san-pham", frame.Cached, s.showProducts),
		frame.Get("/san-pham/:slug", frame.Cached, s.showProduct),
		frame.Get("/tim", frame.Public, s.showSearch),
		// what a phone opens at a gate, and at a booth
		frame.Get("/c/:code", frame.Public, s.showArrival),
		frame.Post("/c/:code", frame.Public, s.countVisit),
		frame.Get("/t/:code", frame.Cached, s.showStall),
		// what programs ask of every site
		frame.Get("/sw.js", frame.Public, s.showWorker),
		frame.Get("/robots.txt", frame.Cached, s.showRobots),
		frame.Get("/sitemap.xml", frame.Cached, s.showSitemap),
		frame.Get("/favicon.ico", frame.Cached, s.showFavicon),
		frame.Get("/apple-touch-icon.png", frame.Cached, s.showTouchIcon),
		frame.Get("/app.webmanifest", frame.Cached, s.showManifest),
		frame.Get("/.well-known/security.txt", frame.Cached, s.showSecurity),
		// what people ask about their own data
		frame.Get(personalRoot, frame.Cached, s.showPersonalForm),
		frame.Post(personalRoot, frame.Public, s.sendPersonal),
		frame.Get(personalRoot+"/tra-cuu", frame.Public, s.findPersonal),
		frame.Get(personalRoot+"/loi/:text/:version", frame.Cached, s.showText),
		frame.Get(personalRoot+"/:code", frame.Public, s.followPersonal),
		// citizens' tips
		frame.Get("/phan-anh", frame.Cached, s.showTipForm),
		frame.Post("/phan-anh", frame.Public, s.sendTip),
		frame.Get("/phan-anh/tra-cuu", frame.Public, s.findTip),
		frame.Get("/phan-anh/:code", frame.Public, s.followTip),
		frame.Get("/phan-anh/:code/giay-hen", frame.Public, s.tipReceipt),
		frame.Post("/phan-anh/:code/anh", frame.Public, s.addTipPhoto),
	}
}
