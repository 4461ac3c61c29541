package web

// publicRoutes are the pages for everybody.
func (s *Server) publicRoutes() []route {
	return []route{
		// events
		get("/", cached, s.showHome),
		get("/su-kien", cached, s.showEvents),
		get("/su-kien/:slug.ics", cached, s.eventICS),
		get("/su-kien/:slug", cached, s.showEvent),
		get("/su-kien/:slug/so-do", cached, s.showPlan),
		get("/lich.ics", cached, s.allICS),
		get("/lich/:area.ics", cached, s.areaICS),
		get("/ban-do", cached, s.showMap),
		// vendors and products
		get("/doanh-nghiep", cached, s.showVendors),
		get("/doanh-nghiep/:slug", cached, s.showVendor),
		get("/san-pham", cached, s.showProducts),
		get("/san-pham/:slug", cached, s.showProduct),
		get("/tim", public, s.showSearch),
		// what a phone opens at a gate, and at a booth
		get("/c/:code", public, s.showArrival),
		post("/c/:code", public, s.countVisit),
		get("/t/:code", cached, s.showStall),
		// citizens' tips
		get("/phan-anh", cached, s.showTipForm),
		post("/phan-anh", public, s.sendTip),
		get("/phan-anh/tra-cuu", public, s.findTip),
		get("/phan-anh/:code", public, s.followTip),
		post("/phan-anh/:code/anh", public, s.addTipPhoto),
	}
}
