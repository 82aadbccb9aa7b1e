/** JSON as providers write it: read leniently, bounded, without reflection. */
@NullMarked
package io.github.pbxsdk.sms.internal.json;

import org.jspecify.annotations.NullMarked;
