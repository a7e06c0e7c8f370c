/* SPDX-License-Identifier: Apache-2.0 */
/* A lock of the kernel (flock), which ends with its process, however that ends. Waiting asks ten
 * times a second, so that a signal can end it. */
#include "core/lock.h"

#include <errno.h>
#include <sys/file.h>
#include <time.h>

/* HS_E_LOCKED after wait_s, HS_E_INTERRUPTED where `stop` is set meanwhile. */
enum hs_status hs_lock_take(int fd, const char *shown, double wait_s,
                            const volatile sig_atomic_t *stop, struct hs_error *err)
{
    enum { PAUSE_MS = 100 };
    for (double waited_s = 0;; waited_s += PAUSE_MS / 1e3) {
        if (!flock(fd, LOCK_EX | LOCK_NB))
            return HS_OK;
        if (errno != EWOULDBLOCK && errno != EINTR)
            return hs_fail_errno(err, HS_E_IO, "%s: cannot lock", shown);
        if (stop && *stop)
            return hs_fail(err, HS_E_INTERRUPTED, "interrupted");
        if (waited_s >= wait_s)
            return hs_fail(err, HS_E_LOCKED,
                           "another audit is at work there (%s is locked); wait for it with "
                           "--wait-lock SECONDS",
                           shown);
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_MS * 1000000L}, NULL);
    }
}
