package account

import "hoicho/internal/web/frame"

// Routes are the way in, and one's own account.
func (s *Door) Routes() []frame.Route {
	return []frame.Route{
		// accounts: the way in
		frame.Get("/dang-ky", frame.Public, s.showSignUp),
		frame.Post("/dang-ky", frame.Public, s.signUp),
		frame.Get("/dang-nhap", frame.Public, s.showSignIn),
		frame.Post("/dang-nhap", frame.Public, s.signIn),
		frame.Post("/dang-xuat", frame.Public, s.signOut),
		frame.Get("/di-tiep", frame.Account, s.goOn),
		frame.Get("/quen-mat-khau", frame.Public, s.showForgot),
		frame.Post("/quen-mat-khau", frame.Public, s.askReset),
		frame.Get("/dat-lai-mat-khau", frame.Public, s.showPaperReset),
		frame.Post("/dat-lai-mat-khau", frame.Public, s.paperReset),
		frame.Get("/dat-lai-mat-khau/:token", frame.Public, s.showLinkReset),
		frame.Post("/dat-lai-mat-khau/:token", frame.Public, s.linkReset),
		frame.Get("/thiet-lap/:token", frame.Public, s.showSetUp),
		frame.Post("/thiet-lap/:token", frame.Public, s.setUp),
		frame.Get("/xac-thuc", frame.Entering, s.showSecondStep),
		frame.Post("/xac-thuc", frame.Entering, s.passSecondStep),
		frame.Get("/xac-thuc/thiet-lap", frame.Entering, s.showTOTP),
		frame.Post("/xac-thuc/thiet-lap", frame.Entering, s.confirmTOTP),
		frame.Post("/xac-thuc/ma-du-phong", frame.Account, s.renewRecovery),
		// accounts: one's own
		frame.Get("/tai-khoan", frame.Account, s.showAccount),
		frame.Post("/tai-khoan", frame.Account, s.saveProfile),
		frame.Get("/tai-khoan/du-lieu.zip", frame.Account, s.sendOwn),
		frame.Post("/tai-khoan/xoa", frame.Account, s.askErase),
		frame.Get(consentPath, frame.Account, s.showConsent),
		frame.Post(consentPath, frame.Account, s.answerConsent),
		frame.Post("/tai-khoan/mat-khau", frame.Account, s.changePassword),
		frame.Post("/tai-khoan/email", frame.Account, s.askEmail),
		frame.Get("/tai-khoan/email/:token", frame.Account, s.showEmailLink),
		frame.Post("/tai-khoan/email/:token", frame.Account, s.confirmEmail),
		frame.Post("/tai-khoan/phien/ket-thuc-khac", frame.Account, s.endOtherSessions),
		frame.Post("/tai-khoan/phien/:id/ket-thuc", frame.Account, s.endSession),
		// notifications on one's own devices
		frame.Post("/tai-khoan/bao-tin", frame.Account, s.subscribe),
		frame.Post("/tai-khoan/bao-tin/:push/bo", frame.Account, s.endPush),
		frame.Get(pushScope+"sw.js", frame.Public, s.sendPushWorker),
		frame.Post(pushScope+"mo", frame.Public, s.noteOpened),
		// programs of one's own
		frame.Get("/tai-khoan/ma-api", frame.Account, s.showAPITokens),
		frame.Post("/tai-khoan/ma-api", frame.Account, s.createAPIToken),
		frame.Post("/tai-khoan/ma-api/:token/huy", frame.Account, s.revokeAPIToken),
	}
}
