/** Call recordings that just arrive: once, whole, with who called whom and when. */
module io.github.pbxsdk.recordings {
    requires com.squareup.moshi;
    requires transitive io.github.pbxsdk.core;
    requires kotlin.stdlib;
    requires okio;
    requires org.slf4j;
    requires static org.apache.sshd.common;
    requires static org.apache.sshd.core;
    requires static org.apache.sshd.sftp;
    requires static transitive org.jspecify;

    exports io.github.pbxsdk.recordings;
}
