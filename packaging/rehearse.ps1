# Rehearses getting Anteroom on Windows, in the release workflow: install.ps1 with a right and with a wrong checksum from a server
# on this computer, then the wheel and the npm packages, each through `new`, `check` and `build`. It expects the folders release,
# wheels and npm that the workflow has packed. packaging/rehearse.sh is the same for Linux and macOS, and more thorough.
$ErrorActionPreference = 'Stop'
$work = Join-Path ([IO.Path]::GetTempPath()) ('rehearsal-' + [Guid]::NewGuid())
New-Item -ItemType Directory -Path $work | Out-Null
$version = python packaging/make.py version

function Test-Journey([string] $name, [string] $program) {
    $site = Join-Path $work "site-$name"
    foreach ($words in @('--version'), @('new', $site, '--yes'), @('check', '--site', $site), @('build', '--site', $site)) {
        # Findings are no failure here; PowerShell 5 takes each line on the error stream for one.
        $ErrorActionPreference = 'Continue'
        & $program @words *> $null
        $ErrorActionPreference = 'Stop'
        if ($LASTEXITCODE -ne 0) { throw "${name}: anteroom $words ended with $LASTEXITCODE" }
    }
    if (-not (Test-Path (Join-Path $site 'public\index.html'))) { throw "${name}: no page was built" }
    Write-Host "   ${name}: new, check and build work"
}

python packaging/make.py installers --out $work
Copy-Item -Recurse release (Join-Path $work 'right')
python packaging/make.py checksums (Join-Path $work 'right')
Copy-Item -Recurse (Join-Path $work 'right') (Join-Path $work 'wrong')
Get-ChildItem (Join-Path $work 'wrong\*.sha256') | ForEach-Object { Set-Content $_ (('0' * 64) + '  wrong') }
$server = Start-Process python -ArgumentList '-m', 'http.server', '8765', '--bind', '127.0.0.1', '--directory', $work -PassThru -WindowStyle Hidden
try {
    Start-Sleep -Seconds 3
    $env:ANTEROOM_INSTALL = Join-Path $work 'installed'
    $env:ANTEROOM_FROM = 'http://127.0.0.1:8765/wrong'
    $refused = $false
    try { & (Join-Path $work 'install.ps1') } catch { $refused = $_.Exception.Message -like "*isn't what was published*" }
    if (-not $refused) { throw 'install.ps1 takes a wrong checksum' }
    if (Test-Path $env:ANTEROOM_INSTALL) { throw 'install.ps1 leaves something behind after a wrong checksum' }
    $env:ANTEROOM_FROM = 'http://127.0.0.1:8765/right'
    & (Join-Path $work 'install.ps1')
    Test-Journey 'install.ps1' (Join-Path $env:ANTEROOM_INSTALL 'anteroom.exe')
    # Once more over the one that's there.
    & (Join-Path $work 'install.ps1')
    $left = @(Get-ChildItem $env:ANTEROOM_INSTALL).Count
    if ($left -ne 1) { throw "install.ps1 leaves $left files" }
} finally {
    Stop-Process -Id $server.Id
    Remove-Item Env:ANTEROOM_INSTALL
    Remove-Item Env:ANTEROOM_FROM
}

python -m venv (Join-Path $work 'venv')
& (Join-Path $work 'venv\Scripts\python.exe') -m pip install --quiet --no-index (Get-Item wheels\*.whl).FullName
if ($LASTEXITCODE -ne 0) { throw 'pip cannot install the wheel' }
Test-Journey 'pip' (Join-Path $work 'venv\Scripts\anteroom.exe')

python packaging/make.py npm-main --out (Join-Path $work 'npm')
Push-Location $work
npm pack --silent (Get-Item (Join-Path $work 'npm\*')).FullName
Pop-Location
npm install --silent --offline --no-audit --no-fund --global --prefix (Join-Path $work 'prefix') (Get-Item npm\*.tgz).FullName (Get-Item (Join-Path $work '*.tgz')).FullName
if ($LASTEXITCODE -ne 0) { throw 'npm cannot install the packages' }
Test-Journey 'npm' (Join-Path $work 'prefix\anteroom.cmd')
Write-Host "Everything that was made for version $version installs and works."
