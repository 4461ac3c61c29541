package web

// accountRoutes are the way in, and one's own account.
func (s *Server) accountRoutes() []route {
	return []route{
		// accounts: the way in
		get("/dang-ky", public, s.showSignUp),
		post("/dang-ky", public, s.signUp),
		get("/dang-nhap", public, s.showSignIn),
		post("/dang-nhap", public, s.signIn),
		post("/dang-xuat", public, s.signOut),
		get("/di-tiep", account, s.goOn),
		get("/quen-mat-khau", public, s.showForgot),
		post("/quen-mat-khau", public, s.askReset),
		get("/dat-lai-mat-khau", public, s.showPaperReset),
		post("/dat-lai-mat-khau", public, s.paperReset),
		get("/dat-lai-mat-khau/:token", public, s.showLinkReset),
		post("/dat-lai-mat-khau/:token", public, s.linkReset),
		get("/thiet-lap/:token", public, s.showSetUp),
		post("/thiet-lap/:token", public, s.setUp),
		get("/xac-thuc", entering, s.showSecondStep),
		post("/xac-thuc", entering, s.passSecondStep),
		get("/xac-thuc/thiet-lap", entering, s.showTOTP),
		post("/xac-thuc/thiet-lap", entering, s.confirmTOTP),
		post("/xac-thuc/ma-du-phong", account, s.renewRecovery),
		// accounts: one's own
		get("/tai-khoan", account, s.showAccount),
		post("/tai-khoan", account, s.saveProfile),
		post("/tai-khoan/mat-khau", account, s.changePassword),
		post("/tai-khoan/email", account, s.askEmail),
		get("/tai-khoan/email/:token", account, s.showEmailLink),
		post("/tai-khoan/email/:token", account, s.confirmEmail),
		post("/tai-khoan/phien/ket-thuc-khac", account, s.endOtherSessions),
		post("/tai-khoan/phien/:id/ket-thuc", account, s.endSession),
		// programs of one's own
		get("/tai-khoan/ma-api", account, s.showAPITokens),
		post("/tai-khoan/ma-api", account, s.createAPIToken),
		post("/tai-khoan/ma-api/:token/huy", account, s.revokeAPIToken),
	}
}
