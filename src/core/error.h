/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One explicit error object. A fallible function takes `struct hs_error *err` last and
 * returns an enum hs_status; the first (deepest) message set on an object wins, so a
 * caller may add context by failing again without losing the cause. A zeroed object is
 * ready for use. No allocation, no global state; an object belongs to one thread.
 */
#ifndef HS_CORE_ERROR_H
#define HS_CORE_ERROR_H

#include <stdarg.h>

enum hs_status {
    HS_OK = 0,
    HS_E_FAILED,      /* the operation failed; see the message */
    HS_E_USAGE,       /* the command line or the job file is wrong */
    HS_E_IO,          /* the operating system refused: open, read, write, space */
    HS_E_MISSING,     /* a file that was named does not exist */
    HS_E_FORMAT,      /* bytes that cannot be understood (damaged or foreign media) */
    HS_E_LIMIT,       /* a bound on memory, time or size was reached */
    HS_E_LOCKED,      /* another process holds the lock */
    HS_E_VERSION,     /* data of a newer program */
    HS_E_INTERRUPTED, /* a signal asked for the end */
    HS_E_FOREIGN,     /* a file or folder that this program did not make */
    HS_E_CHANGED,     /* a file is not the one that was looked at */
    HS_E_UNSUPPORTED, /* media that nothing shows to be damaged, of a kind that is not read */
};

struct hs_error {
    enum hs_status status;
    char msg[500];
};

/* Sets status and message unless one is set already; returns the status that stands.
 * `err` may be NULL, then `status` is returned. */
enum hs_status hs_fail(struct hs_error *err, enum hs_status status, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* As hs_fail, with ": " and strerror(errno) behind the text. */
enum hs_status hs_fail_errno(struct hs_error *err, enum hs_status status, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

void hs_error_clear(struct hs_error *err);

#endif
