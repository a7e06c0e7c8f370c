/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One process at a time: a kernel lock on a file of its own, which is let go when the process
 * ends, however it ends.
 */
#ifndef HS_CORE_LOCK_H
#define HS_CORE_LOCK_H

#include "core/error.h"

#include <signal.h>

/* Tries for `wait_s` seconds to lock `fd`, the open lock file `shown`; it stays locked until
 * it is closed. HS_E_LOCKED when another process holds it, HS_E_INTERRUPTED when `stop`
 * was set while waiting. */
enum hs_status hs_lock_take(int fd, const char *shown, double wait_s,
                            const volatile sig_atomic_t *stop, struct hs_error *err);

#endif
