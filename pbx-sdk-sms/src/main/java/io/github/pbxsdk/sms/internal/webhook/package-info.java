/** Signatures. */
@NullMarked
package io.github.pbxsdk.sms.internal.webhook;

import org.jspecify.annotations.NullMarked;
