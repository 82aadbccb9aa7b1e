/** Alphabets, and where a text may be divided. */
@NullMarked
package io.github.pbxsdk.sms.internal.text;

import org.jspecify.annotations.NullMarked;
