#!/usr/bin/env bash
# Runs a command as a container of the image would: like-image.sh APP DOTNET DATA COMMAND...
# A root file system with the program, the runtime and the few libraries of the chiseled image, without a shell; read-only but for /data and /tmp;
# user 1654 without rights. The network is this machine's. Needs the rights of root; what is mounted goes with the process.
set -euo pipefail
exec unshare --mount --propagation private bash -c '
  set -euo pipefail
  app=$1 dotnet=$2 data=$3; shift 3
  root=$(mktemp -d)
  mount -t tmpfs -o size=64m tmpfs "$root"
  mkdir -p "$root"/{app,data,tmp,proc,dev,lib,lib64,etc/ssl/certs,home/app,usr/share/dotnet,usr/share/zoneinfo}
  for library in libc.so.6 libm.so.6 libdl.so.2 librt.so.1 libpthread.so.0 libresolv.so.2 libnss_dns.so.2 libnss_files.so.2 libgcc_s.so.1 libstdc++.so.6 libssl.so.3 libcrypto.so.3; do
    cp -L "$(ldconfig -p | awk -v name=$library "\$1 == name { print \$NF; exit }")" "$root/lib/"
  done
  for loader in /lib64/ld-linux-x86-64.so.2 /lib/ld-linux-aarch64.so.1; do [ ! -e $loader ] || cp -L $loader "$root$loader"; done
  cp /etc/hosts /etc/resolv.conf "$root/etc/"
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  echo "app:x:1654:1654::/home/app:/bin/false" >"$root/etc/passwd"
  for pair in "$app:app" "$dotnet:usr/share/dotnet" "/usr/share/zoneinfo:usr/share/zoneinfo"; do
    mount --bind "${pair%%:*}" "$root/${pair#*:}"
    mount -o remount,bind,ro "$root/${pair#*:}"
  done
  mount --bind "$data" "$root/data"
  mount -t tmpfs -o mode=1777,size=64m tmpfs "$root/tmp"
  mount --rbind /dev "$root/dev"
  mount --rbind /proc "$root/proc"
  mount -o remount,ro "$root"
  exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DOTNET_RUNNING_IN_CONTAINER=true DOTNET_EnableDiagnostics=0 PGGSSENCMODE=disable chroot --userspec=1654:1654 "$root" "$@"
' - "$@"
