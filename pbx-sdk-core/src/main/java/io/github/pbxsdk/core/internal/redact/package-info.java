/** Takes secrets out of texts; start at {@link io.github.pbxsdk.core.internal.redact.Redaction}. */
@NullMarked
package io.github.pbxsdk.core.internal.redact;

import org.jspecify.annotations.NullMarked;
