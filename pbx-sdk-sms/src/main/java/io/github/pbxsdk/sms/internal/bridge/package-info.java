/** What a bridge in front of FreePBX writes, read. */
@NullMarked
package io.github.pbxsdk.sms.internal.bridge;

import org.jspecify.annotations.NullMarked;
