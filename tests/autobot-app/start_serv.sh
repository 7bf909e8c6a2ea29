#!/bin/sh
# Arranca el servidor de AutoBOT en esta ventana; Ctrl+C lo detiene.
cd "$(dirname "$0")/server" || exit 1
exec node src/index.js
