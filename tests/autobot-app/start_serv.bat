@echo off
rem Arranca el servidor de AutoBOT en esta ventana; Ctrl+C lo detiene.
cd /d "%~dp0server"
node src\index.js
