/* SPDX-License-Identifier: Apache-2.0 */
#include "core/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

enum hs_status hs_lock_take(const char *path, double wait_s, const volatile sig_atomic_t *stop,
                            int *fd, struct hs_error *err)
{
    enum { PAUSE_MS = 100 };
    *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (*fd < 0)
        return hs_fail_errno(err, HS_E_IO, "%s: cannot open the lock file", path);
    for (double waited_s = 0;; waited_s += PAUSE_MS / 1e3) {
        enum hs_status status = HS_OK;
        if (!flock(*fd, LOCK_EX | LOCK_NB))
            return HS_OK;
        if (errno != EWOULDBLOCK && errno != EINTR)
            status = hs_fail_errno(err, HS_E_IO, "%s: cannot lock", path);
        else if (stop && *stop)
            status = hs_fail(err, HS_E_INTERRUPTED, "interrupted");
        else if (waited_s >= wait_s)
            status = hs_fail(err, HS_E_LOCKED,
                             "another audit of this job is running (%s is locked); wait "
                             "for it with --wait-lock SECONDS",
                             path);
        if (status != HS_OK) {
            close(*fd);
            *fd = -1;
            return status;
        }
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_MS * 1000000L}, NULL);
    }
}
