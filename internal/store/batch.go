package store

import "context"

// maxBound is how many arguments one statement may carry: SQLite binds 32,766,
// PostgreSQL 65,535.
const maxBound = 30_000

// insertRows runs an INSERT for rows of k values each, in as few statements as
// the engines allow. head ends with VALUES.
func (tx *Tx) insertRows(ctx context.Context, head string, k int, args []any) error {
	_, err := tx.execRows(ctx, head, k, args, "")
	return err
}

// execRows is insertRows with a tail behind the rows, such as ON CONFLICT. It
// returns how many rows were touched.
func (tx *Tx) execRows(ctx context.Context, head string, k int, args []any, tail string) (touched int64, err error) {
	for most := maxBound / k * k; len(args) > 0; {
		part := args[:min(len(args), most)]
		n, err := tx.exec(ctx, head+values(len(part)/k, k)+tail, part...)
		if err != nil {
			return touched, err
		}
		touched += n
		args = args[len(part):]
	}
	return touched, nil
}
