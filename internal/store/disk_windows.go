package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// lockFile takes a lock that lasts until the returned file is closed or the
// process ends, however it ends.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make the lock file: %w", err)
	}
	err = windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &windows.Overlapped{})
	if err != nil {
		return nil, errors.Join(ErrInUse, f.Close())
	}
	return f, nil
}

// syncFolder does nothing: NTFS keeps names in its own log, and Windows flushes no
// folder.
func syncFolder(string) error { return nil }

// FreeBytes is how much this account may still write into a folder.
func FreeBytes(dir string) (free uint64, err error) {
	path, err := windows.UTF16PtrFromString(dir)
	if err == nil {
		err = windows.GetDiskFreeSpaceEx(path, &free, nil, nil)
	}
	if err != nil {
		return 0, fmt.Errorf("look at the room on the disk: %w", err)
	}
	return free, nil
}

// refuseNetworkFS refuses a folder on a drive of another machine.
func refuseNetworkFS(dir string) error {
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(dir) + `\`)
	if err != nil {
		return fmt.Errorf("look at the database folder: %w", err)
	}
	if windows.GetDriveType(root) == windows.DRIVE_REMOTE {
		return networkFault(dir, "network drive")
	}
	return nil
}
