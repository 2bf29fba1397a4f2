/* Which countries' telephone numbers there are, and how long they may be.
 *
 * Codes are those of the "List of Recommendation ITU-T E.164 assigned country codes" (annex to the
 * ITU Operational Bulletin); lengths are of the national numbers of mobile phones, which alone get
 * an SMS (libphonenumber, resources/PhoneNumberMetadata.xml: mobile, possibleLengths). */
#ifndef DOMAIN_CALLING_CODE_H
#define DOMAIN_CALLING_CODE_H

#include "base/text.h"

/* digits: country code and national number, without the plus. */
bool calling_code_accepts(Text digits);

#endif
