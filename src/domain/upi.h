/* UPI without a gateway: a link that opens the payer's own app (NPCI, UPI linking specification).
 * It proves nothing; the UTR is typed in afterwards. */
#ifndef DOMAIN_UPI_H
#define DOMAIN_UPI_H

#include "base/arena.h"

enum { UPI_VPA_BYTES = 100, UPI_PAYEE_BYTES = 100 };

/* name@handle: letters, digits, dots, hyphens, underscores before the @, letters, digits and dots
 * behind it. */
bool upi_vpa_is_valid(Text vpa);
/* "upi://pay?pa=…&pn=…&am=11.00&cu=INR&tr=…&tn=…", percent-encoded (RFC 3986). reference: at most
 * 35 letters and digits. */
Text upi_link(Arena *arena, Text vpa, Text payee, int64_t paise, Text reference, Text note);

#endif
