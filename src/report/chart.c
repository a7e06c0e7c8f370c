/* SPDX-License-Identifier: Apache-2.0 */
#include "report/chart.h"

void chart_begin(struct hs_html *h, const char *heading, const char *sentence)
{
    html_literal(h, "<figure class=\"chart\"><figcaption><strong>");
    html_text(h, heading);
    html_literal(h, "</strong> <span class=\"quiet\">");
    html_text(h, sentence);
    html_literal(h, "</span></figcaption>");
}

void chart_end(struct hs_html *h)
{
    html_literal(h, "</figure>\n");
}

void chart_table_begin(struct hs_html *h, const char *caption)
{
    html_literal(h, "<details class=\"data\"><summary>Numbers</summary><table><caption>");
    html_text(h, caption);
    html_literal(h, "</caption>");
}

void chart_table_end(struct hs_html *h)
{
    html_literal(h, "</tbody></table></details>");
}

void chart_key(struct hs_html *h, bool expected, bool mix)
{
    html_literal(h, "<p class=\"key\"><span class=\"k-master\">master</span>");
    if (mix)
        html_literal(h, " <span class=\"k-mix\">mix</span>");
    if (expected)
        html_literal(h, " <span class=\"k-expected\">expected range</span>");
    html_literal(h, "</p>");
}
