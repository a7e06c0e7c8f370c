/* SPDX-License-Identifier: Apache-2.0 */
/* One error object: the first message, which is the one nearest to the cause, stays. */
#include "core/error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Without an error object the status alone is given. */
static enum hs_status fail_v(struct hs_error *err, enum hs_status status, const char *fmt,
                             va_list ap)
{
    if (!err)
        return status;
    if (err->status != HS_OK)
        return err->status;
    err->status = status;
    vsnprintf(err->msg, sizeof err->msg, fmt, ap);
    return status;
}

enum hs_status hs_fail(struct hs_error *err, enum hs_status status, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    status = fail_v(err, status, fmt, ap);
    va_end(ap);
    return status;
}

enum hs_status hs_fail_errno(struct hs_error *err, enum hs_status status, const char *fmt, ...)
{
    int saved = errno;
    char text[400];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    return hs_fail(err, status, "%s: %s", text, strerror(saved));
}

void hs_error_clear(struct hs_error *err)
{
    if (err)
        *err = (struct hs_error){0};
}
