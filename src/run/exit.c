/* SPDX-License-Identifier: Apache-2.0 */
/* From a status and a signal to an exit code. */
#include "run/exit.h"

int hs_exit_of(enum hs_status status)
{
    switch (status) {
    case HS_OK:
        return HS_EXIT_OK;
    case HS_E_USAGE:
        return HS_EXIT_USAGE;
    case HS_E_LOCKED:
        return HS_EXIT_LOCKED;
    case HS_E_INTERRUPTED:
        return HS_EXIT_INTERRUPTED;
    default:
        return HS_EXIT_FAILED;
    }
}

int hs_exit_interrupted(int code, const volatile sig_atomic_t *stop)
{
    /* the handler counts SIGTERM as 16 and more */
    return code == HS_EXIT_INTERRUPTED && *stop >= 16 ? HS_EXIT_TERMINATED : code;
}
