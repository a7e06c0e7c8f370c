/* SPDX-License-Identifier: Apache-2.0 */
/* Standard output, checked: what cannot be written makes the command fail. */
#include "core/print.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

void hs_print_prepare(void)
{
    /* opened for reading, standard output refuses what is written */
    static const int modes[] = {O_RDONLY, O_RDONLY, O_WRONLY};
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) {
            int opened = open("/dev/null", modes[fd]);
            if (opened >= 0 && opened != fd) {
                dup2(opened, fd);
                close(opened);
            }
        }
}

enum hs_status hs_print(const void *data, size_t n, struct hs_error *err)
{
    bool done = (!n || fwrite(data, 1, n, stdout) == n) && !fflush(stdout); /* no data: NULL */
    return done ? HS_OK : hs_fail_errno(err, HS_E_IO, "standard output: cannot be written");
}
