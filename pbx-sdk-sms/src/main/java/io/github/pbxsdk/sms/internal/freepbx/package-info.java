/** What the SMS module of a FreePBX reports and stores, read. */
@NullMarked
package io.github.pbxsdk.sms.internal.freepbx;

import org.jspecify.annotations.NullMarked;
