package accounts

import (
	"context"
	"crypto/subtle"
	"fmt"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"hoicho/internal/app/core"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// The second step: codes of six digits that change every 30 seconds (RFC 6238),
// one step of clock difference allowed on either side.
const (
	totpPeriod    = 30
	totpIssuer    = "Hoi cho hang Viet"
	recoveryCodes = 8
)

// TOTPSetup is a new secret for an authenticator app, not stored yet.
type TOTPSetup struct {
	Secret string // as typed in, in groups of four
	Sealed string // carried by the form until the first code proves the app
	URL    string // otpauth://, what the QR symbol says
}

// QR draws the symbol that the app scans, as SVG; label is told to screen
// readers.
func (s TOTPSetup) QR(label string) (string, error) {
	symbol, err := pass.NewSymbol(s.URL)
	if err != nil {
		return "", err
	}
	return symbol.SVG(label), nil
}

// NewTOTP makes a secret for the account that is signed in. Nothing is stored. It
// is Forbidden while the account has a second step that this session has not
// passed: else a stolen password would be enough to replace it.
func (a *Service) NewTOTP(in SignedIn) (TOTPSetup, error) {
	if in.Account.TOTPSecret != "" && !in.Session.SecondStep {
		return TOTPSetup{}, errSecondStepFirst
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: totpIssuer, AccountName: in.Account.Login()})
	if err != nil {
		return TOTPSetup{}, fmt.Errorf("make a second factor: %w", err)
	}
	return a.totpSetup(in, key)
}

// SameTOTP is the secret of a form that is shown again, so that an app that has
// scanned it already goes on with it. It is Invalid if the form was not ours.
func (a *Service) SameTOTP(in SignedIn, sealed string) (TOTPSetup, error) {
	url, err := a.Seals.Open(sealed, totpForm(in))
	if err != nil {
		return TOTPSetup{}, registry.E(registry.Malformed, "error.malformed")
	}
	key, err := otp.NewKeyFromURL(url)
	if err != nil {
		return TOTPSetup{}, fmt.Errorf("read a second factor: %w", err)
	}
	return a.totpSetup(in, key)
}

func (a *Service) totpSetup(in SignedIn, key *otp.Key) (TOTPSetup, error) {
	var groups []string
	for rest := key.Secret(); rest != ""; rest = rest[min(4, len(rest)):] {
		groups = append(groups, rest[:min(4, len(rest))])
	}
	return TOTPSetup{Secret: strings.Join(groups, " "), URL: key.URL(), Sealed: a.Seals.Seal(key.URL(), totpForm(in))}, nil
}

// totpForm is the place for which a secret in a form is sealed, totpPlace the one
// in the database.
func totpForm(in SignedIn) string { return "second step form of " + string(in.Account.ID) }

func totpPlace(id registry.AccountID) string { return "second step of " + string(id) }

var errSecondStepFirst = registry.E(registry.Forbidden, "error.account.second_step_first")

// SecondStep is a session that has passed the second step, under a new token.
type SecondStep struct {
	Token    string
	Recovery []string // new recovery codes, to be shown once
	Left     int      // recovery codes left, when one was used; else -1
}

// ConfirmTOTP stores the secret of a form once its first code proves that the app
// has it, makes recovery codes, counts this session as having passed and ends all
// else that opens the account. A wrong code is at the field code; tries are slowed
// down (Limited).
func (a *Service) ConfirmTOTP(ctx context.Context, in SignedIn, sealed, code string) (SecondStep, error) {
	if in.Account.TOTPSecret != "" && !in.Session.SecondStep {
		return SecondStep{}, errSecondStepFirst
	}
	setup, err := a.SameTOTP(in, sealed)
	if err != nil {
		return SecondStep{}, err
	}
	secret := strings.ReplaceAll(setup.Secret, " ", "")
	if err := a.countTry(ctx, a.totpKey(in)); err != nil {
		return SecondStep{}, err
	}
	step, ok := totpMatch(secret, code, a.DB.Now())
	if !ok {
		return SecondStep{}, registry.At("code", "error.account.code_wrong")
	}
	account := in.Account
	account.TOTPSecret, account.TOTPStep = a.Seals.Seal(secret, totpPlace(account.ID)), step
	codes, hashes := a.newRecoveryCodes(account.ID)
	out := SecondStep{Recovery: codes, Left: -1}
	err = a.stepPassed(ctx, in, func(tx *store.Tx, own registry.Session) (string, error) {
		if err := tx.SaveTOTP(ctx, account, in.Account.TOTPSecret); err != nil {
			return "", err
		}
		if err := tx.SaveRecoveryCodes(ctx, account.ID, hashes); err != nil {
			return "", err
		}
		out.Token, err = endAccess(ctx, tx, account.ID, &own)
		return "account.second_step_set", err
	})
	return out, err
}

// PassSecondStep accepts a code of the app, or a recovery code, each once, and
// gives the session a new token. A wrong or used code is Invalid at the field
// code; tries are slowed down (Limited).
func (a *Service) PassSecondStep(ctx context.Context, in SignedIn, code string) (SecondStep, error) {
	if in.Account.TOTPSecret == "" {
		return SecondStep{}, registry.E(registry.Conflict, "error.account.no_second_step")
	}
	if err := a.countTry(ctx, a.totpKey(in)); err != nil {
		return SecondStep{}, err
	}
	secret, err := a.Seals.Open(in.Account.TOTPSecret, totpPlace(in.Account.ID))
	if err != nil {
		return SecondStep{}, err
	}
	out := SecondStep{Left: -1}
	step, ok := totpMatch(secret, code, a.DB.Now())
	err = a.stepPassed(ctx, in, func(tx *store.Tx, own registry.Session) (action string, err error) {
		if out.Token, err = renewSession(ctx, tx, own); err != nil {
			return "", err
		}
		if ok {
			return "account.second_step", tx.SpendTOTPStep(ctx, in.Account.ID, step)
		}
		if err := tx.SpendRecoveryCode(ctx, in.Account.ID, a.recoveryHash(in.Account.ID, code)); err != nil {
			return "", err
		}
		out.Left, err = tx.RecoveryCodesLeft(ctx, in.Account.ID)
		return "account.recovery_code", err
	})
	if kind := registry.KindOf(err); kind == registry.NotFound || kind == registry.Conflict {
		a.signInFailed(secondStep, in.Account.ID, Client{})
		return SecondStep{}, registry.At("code", "error.account.code_wrong")
	}
	return out, err
}

// stepPassed runs fn in one transaction with the audit line of the action that it names.
// fn saves the session it is given, which has passed the second step, under a new
// token.
func (a *Service) stepPassed(ctx context.Context, in SignedIn, fn func(*store.Tx, registry.Session) (string, error)) error {
	own := in.Session
	own.SecondStep = true
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		action, err := fn(tx, own)
		if err != nil {
			return err
		}
		if err := tx.ForgetTries(ctx, a.totpKey(in)); err != nil {
			return err
		}
		return tx.AuditUnseen(ctx, in.Actor, accountChange(action, in.Account.ID))
	})
}

func (a *Service) totpKey(in SignedIn) string {
	return a.Seals.Keyed("second step", string(in.Account.ID))
}

// totpMatch returns the time step whose code was typed, if it is the present one
// or one beside it.
func totpMatch(secret, typed string, now time.Time) (step int64, ok bool) {
	typed = core.PlainCode(typed)
	for _, d := range []int64{-1, 0, 1} {
		at := now.Unix()/totpPeriod + d
		code, err := totp.GenerateCode(secret, time.Unix(at*totpPeriod, 0))
		if err == nil && subtle.ConstantTimeCompare([]byte(code), []byte(typed)) == 1 {
			step, ok = at, true
		}
	}
	return step, ok
}

// newRecoveryCodes makes codes for the day on which the phone is lost, and the
// hashes that are stored of them.
func (a *Service) newRecoveryCodes(id registry.AccountID) (codes, hashes []string) {
	for range recoveryCodes {
		code := core.NewCode()
		codes = append(codes, core.GroupCode(code))
		hashes = append(hashes, a.recoveryHash(id, code))
	}
	return codes, hashes
}

func (a *Service) recoveryHash(id registry.AccountID, code string) string {
	return a.Seals.Keyed("recovery", string(id), core.PlainCode(code))
}

// RenewRecoveryCodes replaces the recovery codes of the person's own account; the
// old ones end. It is Forbidden unless this session has passed the second step.
func (a *Service) RenewRecoveryCodes(ctx context.Context, in SignedIn) ([]string, error) {
	if in.Account.TOTPSecret == "" || !in.Session.SecondStep {
		return nil, errSecondStepFirst
	}
	codes, hashes := a.newRecoveryCodes(in.Account.ID)
	return codes, a.DB.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SaveRecoveryCodes(ctx, in.Account.ID, hashes); err != nil {
			return err
		}
		return tx.AuditUnseen(ctx, in.Actor, accountChange("account.recovery_codes", in.Account.ID))
	})
}

// RecoveryCodesLeft counts the recovery codes of the person's own account that
// are not used yet.
func (a *Service) RecoveryCodesLeft(ctx context.Context, in SignedIn) (n int, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		n, err = tx.RecoveryCodesLeft(ctx, in.Account.ID)
		return err
	})
	return n, err
}
